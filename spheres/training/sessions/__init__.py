"""When is a topic taught, to whom, by whom, and who came?"""
