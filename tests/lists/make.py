#!/usr/bin/env python3
"""Makes the lists in this folder: the same people in every kind of workbook, and workbooks that cannot be read.

    pip install openpyxl xlwt odfpy msoffcrypto-tool
    python3 make.py
"""

import datetime
import io
import os
import struct
import zipfile

import msoffcrypto.format.ooxml
import openpyxl
import xlwt
from odf import opendocument, table, text

os.chdir(os.path.dirname(os.path.abspath(__file__)))

LONG = "Zwölf Boxkämpfer & <jagen> Viktor; " * 6
# What people put into a password, as text; then what a spreadsheet makes a number, a date or a truth of.
PASSWORDS = [
    "00123",
    "a:b;c,d",
    '"quoted" and \'so\'',
    "&amp; <b> & </b>",
    " blanks around ",
    "Straße_ÀÈÌ",
    "🚢 ferry 日本",
    LONG[:200],
    "=1+1",
]
HEAD = ["Utente", None, "Password", "E-mail"]


def people():
    for at, password in enumerate(PASSWORDS):
        login = f"utente{at}"
        yield login, password, f"{login}@example.it"


def xlsx():
    book = openpyxl.Workbook()
    book.active.title = "Vuoto"
    hidden = book.create_sheet("Nascosto")
    hidden["A1"] = "not this one"
    hidden.sheet_state = "hidden"
    sheet = book.create_sheet("Utenti")
    # Begins at B3: two empty rows, an empty column before and another in the middle.
    sheet["B3"], sheet["D3"], sheet["E3"] = HEAD[0], HEAD[2], HEAD[3]
    row = 4
    for login, password, address in people():
        sheet.cell(row, 2, login)
        cell = sheet.cell(row, 4)
        cell.value, cell.data_type, cell.number_format = password, "s", "@"
        sheet.cell(row, 5, address)
        row += 1
    row += 1  # a blank row
    for login, value, shown in [
        ("intero", 12345, None),
        ("decimale", 12.5, None),
        ("zeri", 123, "00000"),
        ("data", datetime.date(2024, 1, 31), "dd/mm/yyyy"),
        ("ora", datetime.datetime(2024, 1, 31, 12, 30), "dd/mm/yyyy hh:mm"),
        ("vero", True, None),
        ("lungo", 123456789012345, None),
    ]:
        sheet.cell(row, 2, login)
        cell = sheet.cell(row, 4, value)
        if shown:
            cell.number_format = shown
        sheet.cell(row, 5, f"{login}@example.it")
        row += 1
    book.save("utenti.xlsx")

    encrypted = io.BytesIO()
    with open("utenti.xlsx", "rb") as plain:
        msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("segreta", encrypted)
    with open("protetto.xlsx", "wb") as file:
        file.write(encrypted.getvalue())

    wide = openpyxl.Workbook()
    wide.active["A1"] = "utente"
    wide.active["XFD1048576"] = "x"
    wide.save("largo.xlsx")
    empty = openpyxl.Workbook()
    empty.save("vuoto.xlsx")


def xls():
    book = xlwt.Workbook(encoding="utf-8")
    book.add_sheet("Vuoto")
    sheet = book.add_sheet("Utenti")
    for column, name in enumerate(HEAD):
        if name:
            sheet.write(2, column + 1, name)
    row = 3
    for login, password, address in people():
        sheet.write(row, 1, login)
        sheet.write(row, 3, password)
        sheet.write(row, 4, address)
        row += 1
    row += 1
    date = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for login, value, form in [
        ("intero", 12345, None),
        ("decimale", 12.5, None),
        ("data", datetime.date(2024, 1, 31), date),
        ("vero", True, None),
    ]:
        sheet.write(row, 1, login)
        sheet.write(row, 3, value, form) if form else sheet.write(row, 3, value)
        sheet.write(row, 4, f"{login}@example.it")
        row += 1
    book.save("utenti.xls")


def ods():
    book = opendocument.OpenDocumentSpreadsheet()
    book.spreadsheet.addElement(table.Table(name="Vuoto"))
    sheet = table.Table(name="Utenti")

    def blank(of, count):
        return of(**{"numberrowsrepeated" if of is table.TableRow else "numbercolumnsrepeated": count})

    def add(cells):
        line = table.TableRow()
        line.addElement(table.TableCell())
        for value in cells:
            line.addElement(cell(value))
        line.addElement(blank(table.TableCell, 1000))
        sheet.addElement(line)

    def cell(value):
        if value is None:
            return table.TableCell()
        if isinstance(value, bool):
            return table.TableCell(valuetype="boolean", booleanvalue=str(value).lower())
        if isinstance(value, (int, float)):
            return table.TableCell(valuetype="float", value=value)
        if isinstance(value, datetime.date):
            return table.TableCell(valuetype="date", datevalue=value.isoformat())
        made = table.TableCell(valuetype="string")
        paragraph = text.P()
        # Blanks at the ends and after blanks are elements of their own.
        for at, character in enumerate(value):
            if character == " " and (at == 0 or at == len(value) - 1 or value[at - 1] == " "):
                paragraph.addElement(text.S())
            else:
                paragraph.addText(character)
        made.addElement(paragraph)
        return made

    empty = table.TableRow(numberrowsrepeated=2)
    empty.addElement(blank(table.TableCell, 1004))
    sheet.addElement(empty)
    add(HEAD)
    for login, password, address in people():
        add([login, None, password, address])
    empty = table.TableRow()
    empty.addElement(blank(table.TableCell, 1004))
    sheet.addElement(empty)
    for login, value in [
        ("intero", 12345),
        ("decimale", 12.5),
        ("data", datetime.date(2024, 1, 31)),
        ("vero", True),
    ]:
        add([login, None, value, f"{login}@example.it"])
    empty = table.TableRow(numberrowsrepeated=1_048_000)
    empty.addElement(blank(table.TableCell, 1004))
    sheet.addElement(empty)
    book.spreadsheet.addElement(sheet)
    book.save("utenti.ods")

    with zipfile.ZipFile("protetto.ods", "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
            "</manifest:file-entry></manifest:manifest>",
        )
        file.writestr("content.xml", b"\x9a\x11\x02")


def others():
    with zipfile.ZipFile("lettera.docx", "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", "<document/>")
    # Says of itself that it unpacks to 300 MB.
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
    octets = bytearray(held.getvalue())
    size = struct.pack("<I", 300 << 20)
    octets[22:26] = size
    at = octets.index(b"PK\x01\x02")
    octets[at + 24 : at + 28] = size
    with open("enorme.xlsx", "wb") as file:
        file.write(octets)


xlsx()
xls()
ods()
others()
