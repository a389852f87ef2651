"""Who is in every story, where does each work, and in which hat does she begin?"""

PLACES = {
    "institute": "institute",
    "la-maison": "community",
    "elsewhere": "community",
    "police": "police",
}
PEOPLE = {
    "Louise": ("institute", "coordinator"),
    "Inès": ("la-maison", "youth_worker"),
    "Yanick": ("la-maison", "professional_support"),
    "Amrani": ("la-maison", "psychotherapist"),
    "Karim": ("la-maison", "team_lead"),
    "Nadia": ("la-maison", "privacy_officer"),
    "Odile": ("la-maison", "organisation_manager"),
    "Samir": ("elsewhere", "youth_worker"),
    "Roy": ("police", "police_member"),
}
NAMES, WORKERS = tuple(PEOPLE), ("Inès", "Yanick", "Amrani", "Samir", "Roy")
KEEPERS = ("Nadia", "Odile")  # of the files of La Maison
