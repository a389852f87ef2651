"""Whom did trainings reach: how many people and organisations, from where, in which year?"""
