"""Who works here, for which organisation, in which roles, until when?"""
