"""What is a track record worth, beside the letter alone and a plain Beta?"""
