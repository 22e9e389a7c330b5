"""The catalogue of the data: what files there are and the API, in DCAT (DCAT-AP 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from wagtail.models import Site

from snippets.models import PortalSettings

from .columns import COLUMNS, NAMES
from .documents import Thing, filled, write_graph
from .services import CHINA, CHINESE, text
from .terms import attribution, licence
from .workshop import Item, Written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .workshop import Workshop

CONTEXT: Thing = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
IANA = "https://www.iana.org/assignments/media-types/"
DAILY = "http://publications.europa.eu/resource/authority/frequency/DAILY"
# Which dataset a file without its endpoint's name belongs to.
BELONGS = {"services": "service-items", "hsds-services": "service-items"}


def write_catalogue(workshop: Workshop) -> None:
    """Write the catalogue of the files that this run leaves."""
    item = Item(
        "dcat.jsonld",
        "dcat",
        _("数据目录（DCAT）"),
        _("以上数据集、文件和接口的目录，供数据开放平台收割。"),
        "application/ld+json",
        "https://semiceu.github.io/DCAT-AP/releases/3.0.0/",
    )
    with workshop.file(item, of=item.name) as file:
        write_graph(file, CONTEXT, workshop.counted(item.name, graph(workshop.files)))


def graph(files: list[Written]) -> Iterator[Thing]:
    """Yield the catalogue, the API, the datasets and their files."""
    by_dataset = {endpoint: [each for each in files if _dataset_of(each) == endpoint] for endpoint in COLUMNS}
    yield _catalogue()
    yield _service()
    for endpoint, distributions in by_dataset.items():
        yield _dataset(endpoint, distributions)
        yield from (_distribution(each) for each in distributions)


def _dataset_of(file: Written) -> str:
    name = file.name.rpartition(".")[0]
    return BELONGS.get(name, "organisations" if file.format == "hsds" else name)


def _address(path: str) -> str:
    return f"{settings.BASE_URL.rstrip('/')}{path}"


def _iri(name: str) -> str:
    return f"{_address(reverse('exports'))}#{name}"


def _ref(name: str) -> Thing:
    return {"@id": _iri(name)}


def _portal() -> tuple[str, str]:
    """Return the name of the site and of whoever runs it."""
    site = Site.objects.filter(is_default_site=True).first()
    found = PortalSettings.shown_on(site) if site else PortalSettings()
    return found.site_name, found.host_name or found.site_name


def _terms() -> Thing:
    """Say the terms in words, and their address where they have one."""
    words: Thing = {"dct:rights": {"@type": "dct:RightsStatement", "dct:description": text(licence() + attribution())}}
    address = settings.EXPORT_LICENCE_URL
    return words | ({"dct:license": {"@id": address, "@type": "dct:LicenseDocument"}} if address else {})


def _catalogue() -> Thing:
    name, host = _portal()
    return {
        "@id": _iri("catalogue"),
        "@type": "dcat:Catalog",
        "dct:title": text(_("%(name)s 数据目录") % {"name": name}),
        "dct:description": text(_("%(name)s 的公开内容：单位、公开信息、公告、在线服务、公开目录。") % {"name": name}),
        "dct:publisher": {"@id": _iri("publisher"), "@type": "foaf:Agent", "foaf:name": text(host)},
        "dct:language": CHINESE,
        "dct:spatial": CHINA,
        "dct:modified": _moment(timezone.localtime().isoformat(timespec="seconds")),
        "foaf:homepage": {"@id": _address("/"), "@type": "foaf:Document"},
        "dcat:dataset": [_ref(endpoint) for endpoint in COLUMNS],
        "dcat:service": _ref("api"),
        **_terms(),
    }


def _service() -> Thing:
    """Describe the API."""
    return {
        "@id": _iri("api"),
        "@type": "dcat:DataService",
        "dct:title": text(_("读接口")),
        "dct:description": text(_("匿名、JSON、允许跨域；说明为 OpenAPI 3.1。")),
        "dct:publisher": _ref("publisher"),
        "dcat:endpointURL": {"@id": _address("/api/v2/")},
        "dcat:endpointDescription": {"@id": _address(reverse("api_schema"))},
        "dcat:landingPage": {"@id": _address(reverse("api_docs")), "@type": "foaf:Document"},
        "dcat:servesDataset": [_ref(endpoint) for endpoint in COLUMNS],
        **_terms(),
    }


def _dataset(endpoint: str, files: list[Written]) -> Thing:
    name = force_str(NAMES[endpoint])
    return filled(
        {
            "@id": _iri(endpoint),
            "@type": "dcat:Dataset",
            "dct:identifier": endpoint,
            "dct:title": text(name),
            "dct:description": text(_("全部公开的“%(name)s”，字段见接口说明。") % {"name": name}),
            "dct:publisher": _ref("publisher"),
            "dct:language": CHINESE,
            "dct:spatial": CHINA,
            "dct:accrualPeriodicity": {"@id": DAILY, "@type": "dct:Frequency"},
            "dcat:distribution": [_ref(each.name) for each in files],
            **_terms(),
        }
    )


def _distribution(file: Written) -> Thing:
    """Describe a file."""
    address = _address(reverse("export_file", args=[file.name]))
    standard = {"@id": file.conforms_to, "@type": "dct:Standard"} if file.conforms_to else None
    return filled(
        {
            "@id": _iri(file.name),
            "@type": "dcat:Distribution",
            "dct:title": text(file.title),
            "dct:description": text(file.about),
            "dcat:accessURL": {"@id": _address(reverse("exports"))},
            "dcat:downloadURL": {"@id": address},
            "dcat:mediaType": {"@id": f"{IANA}{file.media_type.partition(';')[0]}", "@type": "dct:MediaType"},
            "dcat:byteSize": {"@value": str(file.size), "@type": "xsd:nonNegativeInteger"},
            "dct:modified": _moment(file.written_at),
            "dct:conformsTo": standard,
            "spdx:checksum": {
                "@type": "spdx:Checksum",
                "spdx:algorithm": {"@id": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"},
                "spdx:checksumValue": {"@value": file.sha256, "@type": "xsd:hexBinary"},
            },
            **_terms(),
        }
    )


def _moment(value: str) -> Thing:
    return {"@value": value, "@type": "xsd:dateTime"}
