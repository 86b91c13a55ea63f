"""What is measured, against whom, and how to repeat it. Nothing here is imported by the package."""
