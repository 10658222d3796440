"""What all contracts share."""

from pydantic import BaseModel, ConfigDict


class Contract(BaseModel):
    """Strict both ways: an unknown field or a number sent as text is a mistake."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, validate_by_name=True, serialize_by_alias=True
    )
