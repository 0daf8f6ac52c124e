"""Are the roles named that have to sign, and are signatures and later corrections well formed?"""
