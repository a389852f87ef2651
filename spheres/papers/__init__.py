"""Scanned papers: signed notices, authorisations, demands; read in a sandbox, kept encrypted."""
