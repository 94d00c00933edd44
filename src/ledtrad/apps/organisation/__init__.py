"""Who the city is: council, boards, companies and administrations, each with the days it existed."""
