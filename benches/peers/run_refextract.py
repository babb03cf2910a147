"""refextract as a contestant: see `Peer` in src/loose.rs."""
import sys
import time

from refextract import extract_references_from_string


def once():
    for reference in sys.argv[1:]:
        extract_references_from_string(reference, is_only_references=True)


# Its first call reads its knowledge bases.
extract_references_from_string(sys.argv[1], is_only_references=True)
print("ready", flush=True)
for _ in sys.stdin:
    start = time.process_time()
    once()
    print(time.process_time() - start, flush=True)
