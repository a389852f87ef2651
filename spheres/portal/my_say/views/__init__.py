"""What does she see of her own say, and her worker of what she asked?"""
