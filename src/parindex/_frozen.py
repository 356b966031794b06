"""A mapping that cannot change: hashable, picklable, in the order it was given."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from typing import TYPE_CHECKING, Any, TypeVar

K = TypeVar("K")
V_co = TypeVar("V_co", covariant=True)


class FrozenMap(Mapping[K, V_co]):
    """An immutable mapping; equal to any mapping of the same items, whatever their order."""

    __slots__ = ("_hash", "_items", "_make")

    _make: Callable[[], dict[K, V_co]]

    def __init__(self, items: Mapping[K, V_co] | Iterable[tuple[K, V_co]] = ()) -> None:
        self._items: dict[K, V_co] = dict(items)
        self._hash: int | None = None

    @classmethod
    def late(cls, make: Callable[[], dict[K, V_co]]) -> FrozenMap[K, V_co]:
        """Return the map of what *make* gives, which is asked when somebody first looks."""
        found = cls.__new__(cls)
        found._make = make
        found._hash = None  # noqa: SLF001  its own
        return found

    if not TYPE_CHECKING:  # pragma: no branch  a type checker knows the attributes, and that there are no others

        def __getattr__(self, name: str) -> dict[K, V_co]:
            if name != "_items":
                raise AttributeError(name)
            made = self._make()
            self._items = made
            self._make = lambda: made  # lets go of what it was made of; two threads may look at once
            return made

    def __getitem__(self, key: K) -> V_co:
        return self._items[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, key: object) -> bool:
        return key in self._items

    # What a Mapping has anyway, at the speed of the dict.

    def get(self, key: K, default: Any = None) -> Any:
        """Return the value of *key*, else the default."""
        return self._items.get(key, default)

    def keys(self) -> KeysView[K]:
        """Return the keys."""
        return self._items.keys()

    def values(self) -> ValuesView[V_co]:
        """Return the values."""
        return self._items.values()

    def items(self) -> ItemsView[K, V_co]:
        """Return the keys with their values."""
        return self._items.items()

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(frozenset(self._items.items()))
        return self._hash

    def __repr__(self) -> str:
        return repr(self._items)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._items,)
