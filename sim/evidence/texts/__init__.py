"""What a text does: common weights of motives, fitted to many instruments, and how well they tell
who joins others.
"""
