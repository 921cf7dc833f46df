"""The spans in what was sent by OTLP: a file of base64 lines, one a request."""

import base64
import json
import sys
from pathlib import Path

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

spans = []
for line in Path(sys.argv[1]).read_text().split():
    for resource in ExportTraceServiceRequest.FromString(base64.b64decode(line)).resource_spans:
        about = {attribute.key: attribute.value.string_value for attribute in resource.resource.attributes}
        spans += [
            {
                "service": about["service.name"],
                "name": span.name,
                "trace": span.trace_id.hex(),
                "id": span.span_id.hex(),
                "parent": span.parent_span_id.hex(),
            }
            for scope in resource.scope_spans
            for span in scope.spans
        ]
print(json.dumps(spans))
