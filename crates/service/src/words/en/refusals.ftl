# Sentences of refusals.
