using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace Vbs.Configuration;

/// <summary>The form of a name among the settings; an empty one has no form. Names key and value, as <see cref="WithinAttribute"/> does.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NameAttribute(string section, string pattern, string rule) : ValidationAttribute
{
    public string Section => section;

    public string Pattern => pattern;

    public string Rule => rule;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is string name && Regex.IsMatch(name, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1))
            ? ValidationResult.Success
            : new($"{section}:{validationContext.MemberName} is '{value}': it must be {rule}");
}
