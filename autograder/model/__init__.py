"""The data types that every room uses: frozen, without behaviour of their own."""
