"""The page of rights: who may read and write what, in plain words, made from what applies."""
