using System.ComponentModel.DataAnnotations;

namespace TestApp;

internal sealed class Greeting
{
    [Required]
    public string Text { get; set; } = "";
}
