"""PDFs that pyHanko signed: no mark is added unasked, and a marked copy keeps all bytes that are signed."""

from __future__ import annotations

import datetime
import io
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from harness import FIXTURES, Command

FAULTY = FIXTURES / "producers" / "faulty-typst.pdf"


@cache
def signer() -> signers.SimpleSigner:
    """Somebody with a certificate of their own making."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Office")])
    now = datetime.datetime.now(datetime.UTC)
    usage = dict.fromkeys(
        (
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .sign(key, hashes.SHA256())
    )
    bundle = pkcs12.serialize_key_and_certificates(
        b"office", key, certificate, None, serialization.NoEncryption()
    )
    made = signers.SimpleSigner.load_pkcs12_data(bundle, other_certs=[])
    assert isinstance(made, signers.SimpleSigner)
    return made


def signed(*, is_certified: bool) -> bytes:
    """The faulty bulletin with a signature, or certified with nothing but annotations allowed after it."""
    about = signers.PdfSignatureMetadata(
        field_name="Signature",
        certify=is_certified,
        docmdp_permissions=fields.MDPPerm.ANNOTATE if is_certified else fields.MDPPerm.FILL_FORMS,
    )
    out = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(FAULTY.read_bytes()))
    signers.sign_pdf(writer, about, signer=signer(), output=out)
    return out.getvalue()


def status_of(data: bytes) -> Any:
    """What pyHanko says of the signature."""
    (signature,) = PdfFileReader(io.BytesIO(data)).embedded_signatures
    context = ValidationContext(trust_roots=[signer().signing_cert])
    return validate_pdf_signature(signature, context)


@pytest.mark.parametrize("is_certified", [False, True], ids=["signed", "certified"])
def test_a_signed_file_is_marked_only_if_that_is_asked_for(
    is_certified: bool,  # noqa: FBT001
    command: Command,
    tmp_path: Path,
) -> None:
    path, out = tmp_path / "a.pdf", tmp_path / "out.pdf"
    data = signed(is_certified=is_certified)
    path.write_bytes(data)
    assert status_of(data).bottom_line

    refused = command("check", path, "--annotate", out, "--isolated")

    assert refused.code == 2
    assert "电子签名" in refused.err
    assert "signoff" in refused.err
    assert "--annotate-signed" in refused.err
    assert not out.exists()

    assert command("check", path, "--annotate", out, "--annotate-signed", "--isolated").code == 1
    copy = out.read_bytes()
    assert copy.startswith(data)
    assert path.read_bytes() == data
    status = status_of(copy)
    # What was signed is there to the byte, and the reader is told that more was added.
    assert status.intact
    assert status.valid
    assert not status.bottom_line


def test_a_signed_file_gets_a_sheet_and_is_left_alone(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    data = signed(is_certified=False)
    path.write_bytes(data)

    assert command("signoff", path, "-o", tmp_path / "a.html", "--isolated").code == 1
    html = (tmp_path / "a.html").read_text("utf-8")
    assert html.count('id="v1"') == html.count('id="m1"') == 1
    assert path.read_bytes() == data
