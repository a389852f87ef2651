"""Questionnaires that whoever holds the rights loads: none is bundled, none is required."""
