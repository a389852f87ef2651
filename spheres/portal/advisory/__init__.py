"""What do young people say of the programme and of this tool, each as nobody in particular?"""
