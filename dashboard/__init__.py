"""Whatever draws: an app of Dash pages over the public names of sim."""
