/*
 * XML documents through libxml2's writer, in memory.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/xml.h"

#include <libxml/xmlwriter.h>
#include <stdio.h>
#include <stdlib.h>

#define PIECE 4096

struct mtl_xml {
    xmlBufferPtr buffer;
    xmlTextWriterPtr writer;
    bool failed;
};

/* The writer's functions return -1 for failure. */
static void
note(struct mtl_xml *xml, int result)
{
    xml->failed |= result < 0;
}

struct mtl_xml *
mtl_xml_new(void)
{
    struct mtl_xml *xml = calloc(1, sizeof(*xml));

    if (xml == NULL)
        abort();
    xml->buffer = xmlBufferCreate();
    xml->writer = xml->buffer != NULL ? xmlNewTextWriterMemory(xml->buffer, 0) : NULL;
    if (xml->writer == NULL)
        abort();
    note(xml, xmlTextWriterSetIndent(xml->writer, 1));
    note(xml, xmlTextWriterSetIndentString(xml->writer, BAD_CAST "  "));
    note(xml, xmlTextWriterStartDocument(xml->writer, "1.0", "UTF-8", NULL));
    return xml;
}

void
mtl_xml_begin(struct mtl_xml *xml, const char *element)
{
    note(xml, xmlTextWriterStartElement(xml->writer, BAD_CAST element));
}

void
mtl_xml_attribute(struct mtl_xml *xml, const char *name, const char *value)
{
    note(xml, xmlTextWriterWriteAttribute(xml->writer, BAD_CAST name, BAD_CAST value));
}

void
mtl_xml_number(struct mtl_xml *xml, const char *name, size_t value)
{
    char digits[32];

    snprintf(digits, sizeof(digits), "%zu", value);
    mtl_xml_attribute(xml, name, digits);
}

void
mtl_xml_text(struct mtl_xml *xml, const char *text)
{
    note(xml, xmlTextWriterWriteString(xml->writer, BAD_CAST text));
}

void
mtl_xml_end(struct mtl_xml *xml)
{
    note(xml, xmlTextWriterEndElement(xml->writer));
}

static bool
write_out(const xmlBuffer *buffer, mtl_write *write, void *context)
{
    const char *bytes = (const char *)xmlBufferContent(buffer);
    int left = xmlBufferLength(buffer);

    while (left > 0) {
        int size = left < PIECE ? left : PIECE;

        if (!write(context, bytes, (size_t)size))
            return false;
        bytes += size;
        left -= size;
    }
    return true;
}

bool
mtl_xml_finish(struct mtl_xml *xml, mtl_write *write, void *context)
{
    bool done;

    note(xml, xmlTextWriterEndDocument(xml->writer));
    xmlFreeTextWriter(xml->writer); /* flushes into the buffer */
    done = !xml->failed && write_out(xml->buffer, write, context);
    xmlBufferFree(xml->buffer);
    free(xml);
    return done;
}
