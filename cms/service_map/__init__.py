"""The service map (§4.1.6): what can be visited, as a list that is drawn as a map where there is script for it.

The list comes first: it has every fact, in the order of the numbers on the map, and works without JavaScript. All
positions are WGS-84; `tiles` knows what a provider of maps needs instead. Nobody's own position is kept or asked for.
"""
