using System.ComponentModel.DataAnnotations;

namespace Vbs.Configuration;

/// <summary>Bounds of a number among the settings. Unlike <see cref="RangeAttribute"/>, whose message the generated validators
/// replace by their own, it names the key as it stands in the configuration, and the value.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WithinAttribute(string section, int least, int most) : ValidationAttribute
{
    public string Section => section;

    public int Least => least;

    public int Most => most;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is int number && number >= least && number <= most
            ? ValidationResult.Success
            : new($"{section}:{validationContext.MemberName} is {value}: it must be from {least} to {most}.");
}
