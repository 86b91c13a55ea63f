"""Do actors' positions foretell what they settle on, and does the predictive law hold what it says?"""
