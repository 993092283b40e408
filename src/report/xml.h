/*
 * What XML reports share. Internal to src/report: the only folder that knows libxml2, and only its writer.
 *
 * Text has to be safe to print already (mtl_text_safe()): then it is valid UTF-8 without characters that XML 1.0
 * forbids.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_REPORT_XML_H
#define MTL_REPORT_XML_H

#include "base/base.h"
#include "mtlslint.h"

/* A document being written. Nothing fails before mtl_xml_finish(), which tells. */
struct mtl_xml;
struct mtl_xml *mtl_xml_new(void);
void mtl_xml_begin(struct mtl_xml *xml, const char *element);
/* Of the element just begun, before its content. */
void mtl_xml_attribute(struct mtl_xml *xml, const char *name, const char *value);
void mtl_xml_number(struct mtl_xml *xml, const char *name, size_t value);
void mtl_xml_text(struct mtl_xml *xml, const char *text);
void mtl_xml_end(struct mtl_xml *xml);
/* Ends the elements that are open, writes the document and frees it. */
bool mtl_xml_finish(struct mtl_xml *xml, mtl_write *write, void *context);

#endif
