"""What `./jobgate` does. The standard library only, so that it runs before anything is installed."""
