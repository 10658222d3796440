/** Stands for a CSS module where components are rendered without a browser. */
export default {};
