"""How are days and hours written in English, in Canada?"""

DATE_FORMAT = "F j, Y"
TIME_FORMAT = "g:i\u00a0a"
DATETIME_FORMAT = "F j, Y, g:i\u00a0a"
SHORT_DATETIME_FORMAT = "F j, g:i\u00a0a"
