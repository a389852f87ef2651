"""Who asks to read a file, to copy it or to mend it, and what is answered, within which days?"""
