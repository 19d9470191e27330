"""Makes the reader's weights. The only place that needs torch: `make train`."""
