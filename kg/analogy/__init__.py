"""Analogies: the passages of episodes, the encoder, and the search for episodes like a situation."""
