# LibreOffice の差し込み印刷（com.sun.star.text.MailMerge）を一度動かし、かかったミリ秒を書く。
#   python3 mail-merge.py PIPE CSVのフォルダー 表の名 ひな形 出力のフォルダー
# python3-uno と libreoffice-base がある機械だけで動く（cards.bench.ts が、あれば使う）。
import sys
import time

import uno
from com.sun.star.beans import PropertyValue


def prop(name, value):
    one = PropertyValue()
    one.Name, one.Value = name, value
    return one


pipe, folder, table, template, out = sys.argv[1:6]
local = uno.getComponentContext()
resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
for _ in range(150):
    try:
        context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        break
    except Exception:
        time.sleep(0.2)
else:
    sys.exit(2)
services = context.ServiceManager
databases = services.createInstanceWithContext("com.sun.star.sdb.DatabaseContext", context)
source = databases.createInstance()
source.URL = "sdbc:flat:" + uno.systemPathToFileUrl(folder)
source.Info = (
    prop("Extension", "csv"),
    prop("HeaderLine", True),
    prop("FieldDelimiter", ","),
    prop("StringDelimiter", '"'),
    prop("CharSet", "UTF-8"),
)
source.DatabaseDocument.storeAsURL(uno.systemPathToFileUrl(out + "/people.odb"), ())
databases.registerObject(table, source)
merge = services.createInstanceWithContext("com.sun.star.text.MailMerge", context)
merge.DataSourceName, merge.CommandType, merge.Command = table, 0, table
merge.DocumentURL = uno.systemPathToFileUrl(template)
merge.OutputType = 2
merge.OutputURL, merge.FileNamePrefix = uno.systemPathToFileUrl(out), "merged"
merge.SaveAsSingleFile, merge.SaveFilter = True, "MS Word 2007 XML"
started = time.time()
merge.execute(())
print((time.time() - started) * 1000)
