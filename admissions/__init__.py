"""Admission seasons: catchments, quotas, registrations, allocation, results."""
