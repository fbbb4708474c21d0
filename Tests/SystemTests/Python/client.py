#!/usr/bin/env python3
"""Talks to a running collector with the published gRPC packages for Python and nothing of ours but the schema.

Prints one JSON object and exits 0 when everything below held; otherwise it names what did not, and exits 1:
health, reflection (both versions), an officer's list of conflicts, and the refusal of callers without a certificate.
"""

import argparse
import importlib
import json
import pathlib
import sys
import tempfile

import grpc
import grpc_tools
from google.protobuf.descriptor_pool import DescriptorPool
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase
from grpc_tools import protoc

# Seconds for one call; a collector on this machine answers in milliseconds.
DEADLINE = 600
# The largest answer, in bytes.
ANSWER_LIMIT = 4 * 1024 * 1024

MAIN_LISTENER = {
    "grpc.health.v1.Health",
    "grpc.reflection.v1.ServerReflection",
    "khien.v1.AdministrationService",
    "khien.v1.ReportingService",
}


class Failure(Exception):
    """What did not hold, in a sentence."""


def require(condition, sentence):
    """Raises a failure that says `sentence` unless the condition holds."""
    if not condition:
        raise Failure(sentence)


def messages(name):
    """The generated module of one file of the schema."""
    return importlib.import_module(f"khien.v1.{name}_pb2")


def generate_stubs(proto, folder):
    """Writes stubs for our schema into `folder` and gives the two modules that are used here."""
    own = pathlib.Path(grpc_tools.__file__).parent / "_proto"
    sources = sorted(str(path.relative_to(proto)) for path in (proto / "khien").rglob("*.proto"))
    require(sources, f"{proto}/khien holds no .proto file")
    command = ["protoc", f"-I{proto}", f"-I{own}", f"--python_out={folder}", f"--grpc_python_out={folder}", *sources]
    require(protoc.main(command) == 0, "grpc_tools could not generate stubs from the schema")
    sys.path.insert(0, str(folder))
    return (
        importlib.import_module("khien.v1.administration_pb2"),
        importlib.import_module("khien.v1.administration_pb2_grpc"),
    )


def credentials(profile, with_certificate=True):
    """Trusts the profile's authority only, and shows its certificate when asked to."""
    authority = (profile / "authority.pem").read_bytes()
    if not with_certificate:
        return grpc.ssl_channel_credentials(authority)
    key = (profile / "key.pem").read_bytes()
    return grpc.ssl_channel_credentials(authority, key, (profile / "certificate.pem").read_bytes())


def open_channel(endpoint, channel_credentials):
    """A channel that gives up instead of trying again, so that a refusal is seen as one."""
    options = [("grpc.enable_retries", 0), ("grpc.max_receive_message_length", ANSWER_LIMIT), ("grpc.enable_http_proxy", 0)]
    return grpc.secure_channel(endpoint, channel_credentials, options)


def check_health(channel):
    """The whole collector and its reporting service serve; a service that nobody knows is not found."""
    stub = health_pb2_grpc.HealthStub(channel)
    answers = {}
    for service in ["", "khien.v1.ReportingService"]:
        status = stub.Check(health_pb2.HealthCheckRequest(service=service), timeout=DEADLINE).status
        answers[service] = health_pb2.HealthCheckResponse.ServingStatus.Name(status)
        require(answers[service] == "SERVING", f"health of '{service}' is {answers[service]}, not SERVING")
    try:
        stub.Check(health_pb2.HealthCheckRequest(service="khien.v1.Nobody"), timeout=DEADLINE)
    except grpc.RpcError as error:
        require(error.code() == grpc.StatusCode.NOT_FOUND, f"health of an unknown service gave {error.code()}")
    else:
        raise Failure("health of an unknown service was answered instead of NOT_FOUND")
    return answers


def ask_reflection_v1(channel):
    """The services by `grpc.reflection.v1`, which has the messages of v1alpha under another name."""
    ask = channel.stream_stream(
        "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
        request_serializer=reflection_pb2.ServerReflectionRequest.SerializeToString,
        response_deserializer=reflection_pb2.ServerReflectionResponse.FromString,
    )
    question = reflection_pb2.ServerReflectionRequest(list_services="")
    answers = list(ask(iter([question]), timeout=DEADLINE))
    require(len(answers) == 1, f"one question to reflection got {len(answers)} answers")
    return {service.name for service in answers[0].list_services_response.service}


def check_reflection(channel, administration):
    """The published client finds our services, and describes one exactly as the schema does."""
    services = ask_reflection_v1(channel)
    require(MAIN_LISTENER <= services, f"reflection v1 lacks {sorted(MAIN_LISTENER - services)}")

    database = ProtoReflectionDescriptorDatabase(channel)
    require(MAIN_LISTENER <= set(database.get_services()), "reflection v1alpha lists other services than v1")
    described = DescriptorPool(database).FindServiceByName("khien.v1.AdministrationService")
    expected = administration.DESCRIPTOR.services_by_name["AdministrationService"]
    methods = [method.name for method in described.methods]
    require(
        methods == [method.name for method in expected.methods],
        f"reflection describes other methods than the schema: {methods}",
    )
    for name, message in administration.DESCRIPTOR.message_types_by_name.items():
        fields = described.file.message_types_by_name[name].fields
        require(
            [(field.name, field.number, field.type) for field in fields]
            == [(field.name, field.number, field.type) for field in message.fields],
            f"reflection describes {message.full_name} otherwise than the schema",
        )
    return {"services": sorted(services), "administration_methods": methods}


def list_conflicts(channel, administration, stubs):
    """All pages of an officer's conflicts; one row a page, so that paging is used too."""
    stub = stubs.AdministrationServiceStub(channel)
    rows, token, total = [], "", 0
    while True:
        page = messages("paging").Page(size=1, token=token)
        kinds = [messages("reporting").FINDING_KIND_MULTIPLE_ANTIVIRUS]
        request = messages("findings").ListFindingsRequest(kinds=kinds, page=page)
        answer = stub.ListFindings(request, timeout=DEADLINE)
        total, token = answer.total, answer.next_page_token
        rows += answer.findings
        require(len(rows) <= total, "the pages hold more conflicts than the total says")
        if not token:
            break
    require(len(rows) == total, f"the pages hold {len(rows)} conflicts, the total says {total}")
    return [
        {"device": row.device_id, "host": row.host_name, "unit": row.unit_code, "products": list(row.products)}
        for row in rows
    ]


def check_refusal(endpoint, channel_credentials, who):
    """A caller that shows no certificate gets no answer; not even that of the health service."""
    with open_channel(endpoint, channel_credentials) as channel:
        try:
            health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest(), timeout=DEADLINE)
        except grpc.RpcError as error:
            code = error.code()
            require(code == grpc.StatusCode.UNAVAILABLE, f"{who} was refused with {code}, not by the connection")
            return code.name
    raise Failure(f"{who} was answered")


def run(arguments, folder):
    """All steps in order; the first that fails ends it."""
    administration, stubs = generate_stubs(arguments.proto, folder)
    with open_channel(arguments.endpoint, credentials(arguments.profile)) as channel:
        result = {
            "health": check_health(channel),
            "reflection": check_reflection(channel, administration),
            "conflicts": list_conflicts(channel, administration, stubs),
            "without_certificate": check_refusal(
                arguments.endpoint, credentials(arguments.profile, with_certificate=False), "a caller without certificate"
            ),
        }
        # The collector still serves: the refusal was not that it had gone.
        check_health(channel)
    return result


def main():
    """Reads the options, runs, prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--endpoint", required=True, help="HOST:PORT of the collector's main listener")
    parser.add_argument("--profile", required=True, type=pathlib.Path, help="an officer's profile directory")
    parser.add_argument("--proto", required=True, type=pathlib.Path, help="the schema's directory")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        try:
            result = run(arguments, folder)
        except (Failure, OSError) as error:
            problem = str(error)
        except grpc.RpcError as error:
            problem = f"the collector answered {error.code().name}: {error.details()}"
        except (KeyError, TypeError) as error:
            problem = f"the collector's description of itself cannot be used: {error!r}"
        else:
            print(json.dumps({"ok": True, **result}, ensure_ascii=False))
            return 0
    print(json.dumps({"ok": False, "error": problem}, ensure_ascii=False))
    return 1


if __name__ == "__main__":
    sys.exit(main())
