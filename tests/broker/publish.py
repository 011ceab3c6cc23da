"""``python -m tests.broker.publish NAME NUMBER``: sends NUMBER tasks and ends."""

import sys

from tests.broker import chores

if __name__ == "__main__":
    for number in range(int(sys.argv[2])):
        chores.write.delay(f"{sys.argv[1]}-{number}")
