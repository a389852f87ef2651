"""Once a year, each partner looks at its own part in the programme; all read what all said."""
