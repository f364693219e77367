"""The data types that every subpackage uses: frozen, without behaviour of their own."""
