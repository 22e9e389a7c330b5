"""What the house promises about itself: floors, sizes, templates, migrations, documents."""
