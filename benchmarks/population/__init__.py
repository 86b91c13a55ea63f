"""Which of several contradicting figures is right? Populations of towns as editors of an encyclopaedia gave them."""
