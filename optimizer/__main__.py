"""Makes ``python -m optimizer`` the same as the command ``paigong``."""

from optimizer.cli import main

if __name__ == "__main__":
    main()
