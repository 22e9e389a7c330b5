"""Linked data: services judged by CPSV-AP's shapes, the catalogue by what DCAT-AP demands."""

from __future__ import annotations

import pytest
from django.conf import settings
from pyshacl import validate
from rdflib import RDF, Graph, Literal, Namespace

from tests.api.showcase import build_showcase
from tests.factories import make_service_item

from .acts import export, json_of, served
from .standards import schema_file

pytestmark = [
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"),
    # Of rdflib's and pyshacl's own making.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
CPSV, CV = Namespace("http://purl.org/vocab/cpsv#"), Namespace("http://data.europa.eu/m8g/")
DCAT, DCT = Namespace("http://www.w3.org/ns/dcat#"), Namespace("http://purl.org/dc/terms/")
SCHEMA = Namespace("https://schema.org/")
SPDX, FOAF = Namespace("http://spdx.org/rdf/terms#"), Namespace("http://xmlns.com/foaf/0.1/")
# What DCAT-AP 3 makes mandatory, and what we promise beside it.
DEMANDED = {
    DCAT.Catalog: [DCT.title, DCT.description, DCT.publisher, DCAT.dataset, DCAT.service, DCT.rights],
    DCAT.Dataset: [DCT.title, DCT.description, DCT.publisher, DCAT.distribution, DCT.rights],
    DCAT.Distribution: [DCAT.accessURL, DCAT.downloadURL, DCAT.byteSize, DCAT.mediaType, SPDX.checksum, DCT.rights],
    DCAT.DataService: [DCT.title, DCAT.endpointURL, DCAT.endpointDescription, DCAT.servesDataset],
    FOAF.Agent: [FOAF.name],
}


def graph_of(name: str) -> Graph:
    return Graph().parse(data=served(f"files/{name}"), format="json-ld", publicID="http://localhost/")


@pytest.fixture
def services(town):
    build_showcase(town)
    make_service_item(None, title="由多家单位分别提供")
    make_service_item(town.water, code="W-HERE", connector="query", link="https://example.org/")
    export("jsonld")
    return graph_of("services.jsonld")


def test_services_fit_the_shapes_of_cpsv_ap(services):
    shapes = Graph().parse(schema_file("cpsv-ap-3.2/cpsv-ap-SHACL.ttl"))

    fits, _graph, report = validate(services, shacl_graph=shapes)

    assert fits, report


def test_the_judge_notices_what_is_missing(services):
    shapes = Graph().parse(schema_file("cpsv-ap-3.2/cpsv-ap-SHACL.ttl"))
    services.remove((None, CV.hasCompetentAuthority, None))

    assert not validate(services, shacl_graph=shapes)[0]


def test_a_service_tells_who_how_and_at_what_cost(services, town):
    (iri,) = services.subjects(DCT.identifier, Literal("W001"))

    (authority,) = services.objects(iri, CV.hasCompetentAuthority)
    assert services.value(authority, SCHEMA.name) == Literal(town.water.title, lang="zh-Hans")
    assert len(list(services.objects(iri, CV.hasChannel))) == 3
    assert services.value(services.value(iri, CV.hasCost), CV.hasValue).toPython() == 0
    for predicate in (CPSV.follows, CPSV.produces, CPSV.hasInput, CV.holdsRequirement):
        assert services.value(iri, predicate)
    assert {SCHEMA.GovernmentService, CPSV.PublicService} == set(services.objects(iri, RDF.type))


def test_a_service_that_is_done_here_has_its_page_as_channel(services):
    (iri,) = services.subjects(DCT.identifier, Literal("W-HERE"))

    urls = {services.value(each, SCHEMA.serviceUrl) for each in services.objects(iri, CV.hasChannel)}

    assert str(urls - {None}) == str({Literal(f"{settings.BASE_URL}/do/W-HERE/")})


def test_the_catalogue_has_what_dcat_ap_demands(town):
    build_showcase(town)
    export()
    found = graph_of("dcat.jsonld")

    for kind, predicates in DEMANDED.items():
        things = list(found.subjects(RDF.type, kind))
        assert things, kind
        missing = [(thing, each) for thing in things for each in predicates if not found.value(thing, each)]
        assert missing == []


def test_the_catalogue_tells_digest_and_address_of_each_file(town):
    export()
    found = graph_of("dcat.jsonld")

    listed = {each["url"]: each["sha256"] for each in json_of("index.json")["files"] if each["format"] != "dcat"}

    told = {
        str(found.value(file, DCAT.downloadURL)): str(found.value(found.value(file, SPDX.checksum), SPDX.checksumValue))
        for file in found.subjects(RDF.type, DCAT.Distribution)
    }
    assert {url.rpartition("/")[2]: digest.lower() for url, digest in told.items()} == {
        url.rpartition("/")[2]: digest for url, digest in listed.items()
    }


def test_a_run_of_one_format_brings_the_catalogue_up_to_date(town):
    export()
    export("csv")

    files = {each["name"] for each in json_of("index.json")["files"]}
    found = graph_of("dcat.jsonld")

    told = {str(url).rpartition("/")[2] for url in found.objects(None, DCAT.downloadURL)}
    assert told == files - {"dcat.jsonld"}
