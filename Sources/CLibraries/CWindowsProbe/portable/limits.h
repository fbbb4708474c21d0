/* Every limit of the probes, with its unit. */
#ifndef KHIEN_LIMITS_H
#define KHIEN_LIMITS_H

#define KHIEN_TEXT_BYTES 1024u      /* UTF-8 bytes of one text; the rest is cut off */
#define KHIEN_FIELD_COUNT 24u       /* fields of one record, without `cut` */
#define KHIEN_PATH_UNITS 2048u      /* UTF-16 units of a path; a longer one is not resolved */
#define KHIEN_PATH_CANDIDATES 32u   /* files looked for to find where an unquoted path ends */
#define KHIEN_REASON_BYTES 256u     /* UTF-8 bytes of a reason */

#define KHIEN_DEADLINE_MS 10000u    /* for one source, unless the options say another */
#define KHIEN_ENTRIES 8192u         /* records of one source, unless the options say another */
#define KHIEN_ENTRIES_MOST 65536u
#define KHIEN_BYTES (8u << 20)      /* memory of one source's records, unless the options say another */
#define KHIEN_BYTES_MOST (64u << 20)
#define KHIEN_PATHS 1024u           /* paths that may be asked for at once */

#define KHIEN_SUBKEYS 65536u        /* subkeys looked at below one registry key */
#define KHIEN_INSTANCES 64u         /* minifilter instances of one service and place */
#define KHIEN_HIVES 256u            /* loaded user hives */
#define KHIEN_VALUE_BYTES 65536u    /* a longer registry value is not read */
#define KHIEN_SERVICE_LIST_BYTES (4u << 20) /* answer of the service manager */
#define KHIEN_SERVICE_CONFIG_BYTES 8192u    /* its answer for one service; it says itself that this is the most */
#define KHIEN_VERSION_READS 512u    /* files of one source whose version resource is read */
#define KHIEN_VERSION_BYTES (1u << 20) /* a larger version resource is not read */
#define KHIEN_FILTERS 1024u         /* filters that the filter manager lists */
#define KHIEN_PROCESSES 16384u
#define KHIEN_WMI_ROWS 256u
#define KHIEN_WMI_ERRORS 8u         /* rows one after another that could not be had, before the query is given up */
#define KHIEN_WMI_WAIT_MS 500       /* longest single wait for a row */

#endif
