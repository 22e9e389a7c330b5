"""Who works where: an administrator appoints, suspends and relieves people of the organisations below."""
