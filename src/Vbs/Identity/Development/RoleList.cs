using System.Collections.ObjectModel;
using System.ComponentModel;
using System.Globalization;

namespace Vbs.Identity.Development;

/// <summary>Names of roles, as configuration has them: a comma-separated text, or an array.</summary>
[TypeConverter(typeof(Converter))]
public sealed class RoleList : Collection<string>
{
    private sealed class Converter : TypeConverter
    {
        public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

        public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value)
        {
            var list = new RoleList();
            foreach (var role in ((string)value).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                list.Add(role);
            }

            return list;
        }
    }
}
