"""Every table of the models: its columns with their keys, and what they refer to."""

import json

from sqlmodel import SQLModel

import app.models  # noqa: F401

print(
    json.dumps(
        {
            table.name: {
                column.name: sorted(
                    ["PK"] * column.primary_key
                    + ["UK"] * bool(column.unique)
                    + [f"FK {key.column.table.name}" for key in column.foreign_keys]
                )
                for column in table.columns
            }
            for table in SQLModel.metadata.tables.values()
        }
    )
)
