"""Where do colleagues practise together: which groups, when, with whom?"""
