"""She said her code word: how she is known again, without telling her story again."""
