"""What law and ethics ask of each organisation: access, erasure, demands, incidents, undertakings.

The work of its privacy officer, beside the work itself (ADR privacy-area).
"""
