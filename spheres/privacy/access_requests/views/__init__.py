"""What does one see of a request, walking with the person or seated at it; and of the desk?"""
