"""A record in, a Plotly figure out; no Dash."""
