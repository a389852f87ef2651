"""What does a group learn, as its own people say it, and none of them by name?"""
